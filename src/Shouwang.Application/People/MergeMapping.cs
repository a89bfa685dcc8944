using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>How decisions about suspected duplicates are stored.</summary>
internal sealed class MergeMapping : IEntityTypeConfiguration<KeptApart>, IEntityTypeConfiguration<PersonMerge>
{
    public const string ApartTable = "people_apart";
    public const string MergeTable = "people_merge";

    public void Configure(EntityTypeBuilder<KeptApart> builder)
    {
        builder.ToTable(ApartTable);
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.HasIndex(k => new { k.One, k.Other }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PersonMerge> builder)
    {
        builder.ToTable(MergeTable);
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.HasIndex(m => m.Kept);
    }
}
