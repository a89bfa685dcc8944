using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>How pairs are stored.</summary>
internal sealed class PairingMapping : IEntityTypeConfiguration<Pair>
{
    public void Configure(EntityTypeBuilder<Pair> builder)
    {
        builder.ToTable("pairing_pair");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasIndex(p => new { p.Elder, p.State });
        builder.HasIndex(p => new { p.Volunteer, p.State });
    }
}
