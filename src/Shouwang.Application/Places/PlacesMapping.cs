using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Places;

/// <summary>How places and their members are stored.</summary>
internal sealed class PlacesMapping : IEntityTypeConfiguration<Place>
{
    public void Configure(EntityTypeBuilder<Place> builder)
    {
        builder.ToTable("places_place");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.OpenOn).HasConversion<int>();
        builder.HasIndex(p => new { p.Area, p.Kind, p.Name });
        builder.OwnsMany(p => p.Members, member =>
        {
            member.ToTable("places_member");
            member.WithOwner().HasForeignKey("PlaceId");
            member.HasKey("PlaceId", nameof(PlaceMember.Line));
            member.Property(m => m.Line).ValueGeneratedNever();
            member.Ignore(m => m.Period);
            member.HasIndex(m => m.Person);
        });
    }
}
